// The whole form of a report: the plan as a whole, item by item, and beside them what is missing.

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../i18n";
import { Icon } from "../../room/view/marks";
import { goToField } from "../../writing/view/go_to_field";
import { WritingStrip } from "../../writing/view/WritingStrip";
import { entrySpecs, reportSpecs } from "../fields";
import type { ReportModel } from "../model";
import type { Label } from "../types";
import { FieldBox, type Options } from "./FieldBox";

interface Props {
  report: ReportModel;
  options: Options;
  maySubmit: boolean;
  /** The last day of the period in words, while it is to come; else empty. */
  runsUntil: string;
}

export function ReportForm({ report, options, maySubmit, runsUntil }: Props): JSX.Element {
  if (!report.isEditable.value) return <NoLonger report={report} />;
  return (
    <>
      <WritingStrip form={report} />
      <div class="plan-form">
        <div class="stack">
          <section class="sheet stack" aria-labelledby="whole-h">
            <h2 class="h-sm" id="whole-h">
              {t("The whole plan")}
            </h2>
            {reportSpecs().map((spec) => (
              <FieldBox key={spec.name} id={`r-${spec.name}`} report={report} spec={spec} editor={report.reportEditor(spec.name)} options={options} />
            ))}
          </section>
          <h2>{t("Item by item")}</h2>
          {report.labels.map((label) => (
            <Entry key={label.item} report={report} label={label} options={options} />
          ))}
        </div>
        <Submitting report={report} maySubmit={maySubmit} runsUntil={runsUntil} />
      </div>
    </>
  );
}

interface EntryProps {
  report: ReportModel;
  label: Label;
  options: Options;
}

/** Its fields are drawn when it is opened first: a plan may have two hundred items. */
function Entry({ report, label, options }: EntryProps): JSX.Element | null {
  const isDrawn = useSignal(location.hash === `#entry-${label.item}`);
  const entry = report.entry(label.item);
  if (entry === undefined) return null;
  const word = (name: "progress" | "confidence") => options[name]?.find(([value]) => value === entry[name] && value !== "")?.[1] ?? "";
  const judged = [word("progress"), word("confidence")].filter((each) => each !== "").join(", ");
  return (
    <details
      class="sheet tight entry"
      id={`entry-${label.item}`}
      data-depth={label.depth}
      open={isDrawn.peek()}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) isDrawn.value = true;
      }}
    >
      <summary>
        <span class="tag">{label.kind}</span> {label.number !== "" && <span class="muted">{label.number} </span>}
        <b>
          <bdi lang={report.state.value.language}>{label.title}</bdi>
        </b>{" "}
        <span class="small muted">{judged === "" ? t("Not judged") : judged}</span>
      </summary>
      {isDrawn.value && (
        <div class="item-fields">
          {entrySpecs().map((spec) => (
            <FieldBox
              key={spec.name}
              id={`e-${label.item}-${spec.name}`}
              report={report}
              spec={spec}
              editor={report.entryEditor(label.item, spec.name)}
              options={options}
            />
          ))}
        </div>
      )}
    </details>
  );
}

function Submitting({ report, maySubmit, runsUntil }: Omit<Props, "options">): JSX.Element {
  const missing = report.missing.value;
  const { voice, plan, id } = report.state.value;
  const submit = async () => {
    if (await report.submit()) location.assign(`/plans/${plan}/reports/${id}/`);
    else goTo(report.refusedField() ?? "");
  };
  const nothing =
    voice === "shadow"
      ? t("Nothing is missing. The institution and the school see it then.")
      : t("Nothing is missing. The school approves it, or asks you.");
  return (
    <aside class="stack" aria-label={t("Before you submit it")}>
      <section class="sheet tight stack s submit-box">
        <h2 class="h-sm">{t("Before you submit it")}</h2>
        {missing.length > 0 ? (
          <>
            <p class="small">{t("Still missing:")}</p>
            <ul class="missing">
              {missing.map(({ at, words }) => (
                <li key={at}>
                  <a
                    href={`#${at}`}
                    onClick={(event) => {
                      event.preventDefault();
                      goTo(at);
                    }}
                  >
                    <bdi>{words}</bdi>
                  </a>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p class="small">{nothing}</p>
        )}
        <p class="bad-t" role="alert">
          {report.desk.complaint.value}
        </p>
        {maySubmit && runsUntil !== "" ? (
          <>
            <p class="small">{t("The period runs until {day}. Whoever submits the report before then says why.", { day: runsUntil })}</p>
            <a class="btn block" href={`/plans/${plan}/reports/${id}/`}>
              {t("Read it and submit it")}
            </a>
          </>
        ) : maySubmit ? (
          <button
            class={`btn block${missing.length === 0 ? " main" : ""}`}
            type="button"
            onClick={() => void submit()}
          >
            <Icon name="send" />
            {t("Submit the report")}
          </button>
        ) : (
          <p class="small muted">{t("Co-ordinators and the one who is accountable submit the report.")}</p>
        )}
        <p class="small">
          <a href={`/plans/${plan}/reports/${id}/`}>{t("Read it as others do")}</a>
        </p>
      </section>
    </aside>
  );
}

/** To the field, also where its entry is closed. */
function goTo(at: string): void {
  goToField(at, `#entry-${/^e-(\d+)-/.exec(at)?.[1] ?? 0}`);
}

/** Somebody submitted it while this person wrote; what they wrote last is kept in the browser. */
function NoLonger({ report }: { report: ReportModel }): JSX.Element {
  const { plan, id } = report.state.value;
  return (
    <div class="sheet stack">
      <p class="note" role="status">
        <Icon name="lock" />
        <span>
          {t("It cannot be changed now: its state has changed.")}
          {report.desk.isUnsaved.value && ` ${t("What you wrote last is kept on this computer and stands here again when the report is open.")}`}
        </span>
      </p>
      <p>
        <a class="btn main" href={`/plans/${plan}/reports/${id}/`}>
          {t("Go to the report")}
        </a>
      </p>
    </div>
  );
}
