import { Day2Api, LogsRequest, Query } from '../api/types';
import { createClusters } from './clusters';
import { createReport, createTimeline } from './reports';
import { createServices, listServices } from './services';

/** Answers from fixtures; a test replaces the answers that it is about. */
export class FakeDay2Api implements Day2Api {
  readonly asked: Query[] = [];
  private readonly now: number;

  constructor(now: number = Date.now(), answers: Partial<Day2Api> = {}) {
    this.now = now;
    Object.assign(this, answers);
  }

  async listServices(query: Query) {
    this.asked.push(query);
    return listServices(createServices(this.now), query);
  }

  async getService(entityRef: string) {
    return { ...createReport(this.now), entityRef };
  }

  async getTimeline(_entityRef: string, _query: Query) {
    return createTimeline(this.now);
  }

  async listItems() {
    return { items: [], totalItems: 0 };
  }

  async listClusters() {
    return createClusters(this.now);
  }

  async getEvents() {
    const at = new Date(this.now - 60_000).toISOString();
    return {
      events: [
        {
          type: 'Warning',
          reason: 'BackOff',
          message: 'Back-off restarting failed container api',
          object: 'Pod/gsv-api-7d9f8b6c54-2xkqp',
          count: 12,
          firstSeenAt: at,
          lastSeenAt: at,
        },
      ],
      truncated: false,
    };
  }

  async getLogs({ pod, container, previous }: LogsRequest) {
    return {
      pod,
      container: container ?? 'api',
      previous: previous ?? false,
      lines: [
        '03:04:51 loading tenant manifests into memory',
        '03:04:58 heap 251 MiB of 256 MiB',
      ],
      truncated: true,
    };
  }
}
