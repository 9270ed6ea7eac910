import { expect, test } from 'vitest';
import { notificationText } from '../../../client/src/shared/notification-text.ts';

test('what a container wrote is no link in a notification', () => {
  expect(notificationText('web: [repair](command:workbench.action.quit), [a](https://b.c) [x] (y)')).toBe(
    'web: [repair] (command:workbench.action.quit), [a] (https://b.c) [x] (y)',
  );
});
