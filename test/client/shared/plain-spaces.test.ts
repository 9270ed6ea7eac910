import { expect, it } from 'vitest';
import { plainSpaces } from '../../../client/src/shared/plain-spaces.ts';

it('no space of a report is framed by the editor', () => {
  expect(plainSpaces('2,1\u202fMo\u00a0: « tout\u00a0»')).toBe('2,1 Mo : « tout »');
});
