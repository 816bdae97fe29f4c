// What is drawn in a later stage than the first numbers.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { is_reached, last_seen_stage } from '../state/stages';

interface LaterProps {
  stage: number;
  children: () => ComponentChildren;
}

export const Later = ({ stage, children }: LaterProps) => (is_reached(stage) ? <>{children()}</> : null);

// The same, but sooner where it would be on the screen.
export function LaterOrSeen({ stage, children }: LaterProps) {
  const place = useRef<HTMLDivElement>(null);
  const [is_seen, set_seen] = useState(false);
  const may_be_seen = is_reached(last_seen_stage); // what stands above has its height
  useEffect(() => {
    if (!may_be_seen || !place.current) return;
    const watch = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) set_seen(true);
    });
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [may_be_seen]);
  if (is_seen || is_reached(stage)) return <>{children()}</>;
  return <div ref={place} class="later" />;
}
