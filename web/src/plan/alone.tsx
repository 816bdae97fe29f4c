// Plans without the page around them, for embeds.
import type { Page } from '../state/context';
import { p } from './words';
import { TimelineInBrief } from './timeline';
import { Answered, PlanBody } from './view';

export { words_arrive } from './words';

export function PlanAlone({ page }: { page: Page }) {
  const kind = page.views.plan.value.plan;
  return (
    <div class="plan">
      <h1>{p(`kind.${kind}`)}</h1>
      <PlanBody chosen={kind} />
    </div>
  );
}

export const TimelineAlone = () => <Answered kind="timeline">{(plan) => <TimelineInBrief plan={plan} />}</Answered>;
