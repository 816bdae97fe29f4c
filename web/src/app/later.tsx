// What is drawn in a later stage than the first numbers.
import type { ComponentChildren } from 'preact';
import { is_reached } from '../state/stages';

export const Later = ({ stage, children }: { stage: number; children: () => ComponentChildren }) =>
  is_reached(stage) ? <>{children()}</> : null;
