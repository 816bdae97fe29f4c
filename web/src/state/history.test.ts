import { expect, test } from 'vitest';
import { create_history } from './history';

test('undo and redo walk over the recorded values', () => {
  const history = create_history('a');
  history.record('b');
  history.record('c');
  expect(history.undo()).toBe('b');
  expect(history.undo()).toBe('a');
  expect(history.undo()).toBeUndefined();
  expect(history.redo()).toBe('b');
  expect(history.can_redo.value).toBe(true);
  history.record('d'); // cuts off what could be redone
  expect(history.redo()).toBeUndefined();
  expect(history.undo()).toBe('b');
});

test('typing in one field is one step, until the field is left', () => {
  const history = create_history('');
  history.record('1', 'batch');
  history.record('12', 'batch');
  history.record('128', 'batch');
  expect(history.undo()).toBe('');
  history.redo();
  history.record('129', 'batch'); // after undo or redo a new step begins
  history.close_step();
  history.record('130', 'batch');
  expect(history.undo()).toBe('129');
  expect(history.undo()).toBe('128');
});
