// What is shown for a moment, and what a screen reader is told.

import type { JSX } from "preact";
import { Icon } from "../../room/view/marks";
import { useWall } from "../context";

export function Announcer(): JSX.Element {
  const { ui } = useWall();
  return (
    <>
      <div class="vh" role="status" data-spoken>
        {ui.spoken.value}
      </div>
      <div class="toasts" role="status">
        {ui.toast.value !== null && (
          <p class="toast">
            <Icon name="info" />
            <bdi>{ui.toast.value}</bdi>
          </p>
        )}
      </div>
    </>
  );
}
