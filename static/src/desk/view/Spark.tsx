import type { JSX } from "preact";
import { tn } from "../../i18n";

const HEIGHT = 24;
/** Messages of a minute that fill the height, unless a minute had more. */
const FULL = 8;

/** Messages per minute of the last minutes, the present one last. */
export function Spark({ counts }: { counts: readonly number[] }): JSX.Element {
  const most = Math.max(FULL, ...counts);
  const sum = counts.reduce((all, each) => all + each, 0);
  const words = tn("{n} message in the last 10 minutes", "{n} messages in the last 10 minutes", sum);
  return (
    <svg class="spark" preserveAspectRatio="xMinYMax meet" viewBox={`0 0 70 ${HEIGHT}`} role="img" aria-label={words}>
      <title>{words}</title>
      {counts.map((count, at) => {
        const height = Math.max(2, (count / most) * HEIGHT);
        return <rect key={at} x={at * 7} y={HEIGHT - height} width="5" height={height} class={at === counts.length - 1 ? "last" : ""} />;
      })}
    </svg>
  );
}
