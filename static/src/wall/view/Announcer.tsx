// What is shown for a moment, and what a screen reader is told.

import type { JSX } from "preact";
import { Toast } from "../../room/view/Toast";
import { useWall } from "../context";

export function Announcer(): JSX.Element {
  const { ui } = useWall();
  return (
    <>
      <div class="vh" role="status" data-spoken>
        {ui.spoken.value}
      </div>
      <Toast text={ui.toast} />
    </>
  );
}
