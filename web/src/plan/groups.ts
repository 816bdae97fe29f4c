// Groups of inputs that stand beside their own answers and not in the calculator's form.
import { economics_group } from '../panels/economics';

export const plan_groups: ReadonlySet<string> = new Set([economics_group, 'balance', 'purchase']);
