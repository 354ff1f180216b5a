// What comes out of it: the recommendations to the institution, and its answers.

import type { JSX } from "preact";
import { formatSince, t } from "../../i18n";
import { Country, Icon, Name, Unseen } from "../../room/view/marks";
import { useConsultation } from "../context";
import { isAdviceOver, isLeading, may } from "../rights";
import type { AnswerName, RecommendationCard } from "../types";
import { answerName } from "../words";
import { AnswerForm } from "./AnswerForm";

const LOOKS: Readonly<Record<AnswerName, readonly [string, string]>> = {
  open: ["hourglass", "care"],
  accepted: ["check", "done"],
  adapted: ["pencil", "done"],
  declined: ["x", ""],
};

export function Outcome({ planUrl }: { planUrl: string }): JSX.Element {
  const { consultation, ui } = useConsultation();
  const card = consultation.state.value;
  const { recommendations } = card;
  const mayWrite = may(card, "recommendation.write");
  const isTaken = recommendations.some(({ state }) => state === "accepted" || state === "adapted");
  return (
    <section class="sheet tight stack s" aria-labelledby="outcome-h">
      <h2 class="h-sm" id="outcome-h">
        {t("What comes out of it")}
      </h2>
      {recommendations.length === 0 && (
        <p class="muted small">{t("Recommendations to {institution} stand here. The institution answers each one.", { institution: card.institution_name })}</p>
      )}
      {recommendations.length > 0 && (
        <ol class="rows small">
          {recommendations.map((each) => (
            <Recommendation key={each.id} recommendation={each} />
          ))}
        </ol>
      )}
      {mayWrite && isAdviceOver() && <p class="small muted">{t("The challenge is closed or in a plan, so its recommendations stay.")}</p>}
      {mayWrite && !isAdviceOver() && (
        <button class="btn block" type="button" onClick={() => ui.open({ kind: "recommend", suggestion: null, recommendation: null })}>
          <Icon name="plus" />
          {t("Write a recommendation")}
        </button>
      )}
      {planUrl !== "" && isTaken && card.answers && (
        <a class="btn main block" href={planUrl}>
          <Icon name="sprout" />
          {t("Turn into a plan")}
        </a>
      )}
    </section>
  );
}

function Recommendation({ recommendation }: { recommendation: RecommendationCard }): JSX.Element {
  const { consultation } = useConsultation();
  const card = consultation.state.value;
  const { state, number } = recommendation;
  const [icon, look] = LOOKS[state];
  const by = recommendation.answered_by === null ? undefined : card.people[recommendation.answered_by];
  return (
    <li class="stack s recommendation" id={`recommendation-${number}`}>
      <p class="row tight">
        <b>{t("Recommendation {number}", { number })}</b>
        <span class={`badge ${look}`}>
          <Icon name={icon} />
          {answerName(state)}
        </span>
      </p>
      <p lang={recommendation.language} dir="auto" class="as-typed">
        {recommendation.text}
      </p>
      {recommendation.answered_at !== null && (
        <div class="theirs">
          {recommendation.answer_text !== "" && (
            <p dir="auto" class="as-typed">
              {recommendation.answer_text}
            </p>
          )}
          {recommendation.why !== "" && (
            <p dir="auto" class="as-typed">
              <b>{t("Why:")}</b> {recommendation.why}
            </p>
          )}
          <p class="micro muted">
            <Name person={by} /> <Country code={by?.country} />, {formatSince(recommendation.answered_at)}
          </p>
        </div>
      )}
      <Tools recommendation={recommendation} />
      {may(card, "recommendation.answer") && <AnswerForm key={recommendation.revision} recommendation={recommendation} />}
    </li>
  );
}

function Tools({ recommendation }: { recommendation: RecommendationCard }): JSX.Element | null {
  const { consultation, ui } = useConsultation();
  const card = consultation.state.value;
  if (recommendation.state !== "open" || isAdviceOver()) return null;
  const mayChange = may(card, "recommendation.change") && !(card.answers && card.run.state === "finished");
  const mayWithdraw = may(card, "recommendation.withdraw") && (recommendation.by === card.me || isLeading(card));
  if (!mayChange && !mayWithdraw) return null;
  const which = <Unseen> {t("recommendation {number}", { number: recommendation.number })}</Unseen>;
  return (
    <p class="row tight">
      {mayChange && (
        <button class="link-btn" type="button" onClick={() => ui.open({ kind: "recommend", suggestion: null, recommendation: recommendation.id })}>
          {t("Change")}
          {which}
        </button>
      )}
      {mayWithdraw && (
        <button class="link-btn" type="button" onClick={() => ui.open({ kind: "withdraw", recommendation: recommendation.id })}>
          {t("Withdraw")}
          {which}
        </button>
      )}
    </p>
  );
}
