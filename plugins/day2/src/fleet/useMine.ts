import { useCallback, useEffect, useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import {
  identityApiRef,
  storageApiRef,
  useApi,
} from '@backstage/core-plugin-api';

/** Entities that the person is or belongs to; `undefined` until known. */
export function useOwnership(): readonly string[] | undefined {
  const identity = useApi(identityApiRef);
  const { value, error } = useAsync(
    () => identity.getBackstageIdentity(),
    [identity],
  );
  // Without an identity nothing is mine.
  return error ? [] : value?.ownershipEntityRefs;
}

/** Whether the person last looked at his own services only. */
export function useLastMine(): [boolean, (mine: boolean) => void] {
  const storage = useApi(storageApiRef);
  const bucket = storage.forBucket('day2');
  const [mine, setMine] = useState(
    () => bucket.snapshot<boolean>('mine').value === true,
  );
  useEffect(() => {
    const subscription = storage
      .forBucket('day2')
      .observe$<boolean>('mine')
      .subscribe(({ value }) => setMine(value === true));
    return () => subscription.unsubscribe();
  }, [storage]);
  const remember = useCallback(
    (value: boolean) => {
      storage.forBucket('day2').set('mine', value);
    },
    [storage],
  );
  return [mine, remember];
}
