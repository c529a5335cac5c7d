import { parseEntityRef } from '@backstage/catalog-model';
import { FakeDay2Api } from '../src/__fixtures__/FakeDay2Api';
import { reportStates } from '../src/__fixtures__/states';

/** Answers for an entity by the state that its name says. */
export class StatesApi extends FakeDay2Api {
  async getService(entityRef: string) {
    const { name } = parseEntityRef(entityRef);
    const state = reportStates[name] ?? reportStates.data;
    return { ...(await state(Date.now())), entityRef };
  }
}
