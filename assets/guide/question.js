import { escaped } from "./html.js";
import { inWords, noNumber, readNumber } from "../numbers.js";
import { say } from "../words.js";

/** A number as it is told in feedback. */
const told = (value) => inWords(Number(Number(value).toPrecision(3)));

const hints = (list) =>
  list.map((hint, i) =>
    `<details class="hint"><summary>${
      list.length > 1 ? say("Hint {number}", { number: i + 1 }) : say("Hint")
    }</summary><p>${hint}</p></details>`
  ).join("");

/** The fields in which a question is answered. */
function fields(question, kept, shut) {
  const off = shut ? "disabled" : "";
  if (question.kind === "choice") {
    return question.choices.map((choice, i) =>
      `<label class="choice">
      <input type="radio" name="choice" value="${i}" ${kept.answer === i ? "checked" : ""} ${off}>
      <span>${choice.text}</span></label>`
    ).join("");
  }
  if (question.kind === "number") {
    const unit = question.unit ? ` (${question.unit})` : "";
    return `<label class="number"><span>${say("Your number")}${unit}</span>
      <input type="text" inputmode="decimal" autocomplete="off" value="${
      kept.answer ?? ""
    }" ${off}></label>`;
  }
  return "";
}

const againHtml = (text) => `<button type="button" data-again>${text}</button>`;

/** The form with what comes next: to keep a prediction, to play the run, or to answer again. */
export function askedHtml(question, kept, state) {
  const shut = kept.answer !== undefined,
    play = `<button type="button" class="${state === "play" ? "main" : ""}" data-play>${
      say("Play the run")
    }</button>`;
  const keep = `<button type="submit" class="${state === "ask" ? "main" : ""}">${
    say("Keep my prediction")
  }</button>`;
  return `<form><fieldset><legend class="ask-legend"><div class="ask">${question.ask}</div></legend>${
    fields(question, kept, shut)
  }</fieldset>
    <p class="problem" role="alert" hidden></p>
    <p class="acts">${shut ? "" : keep}${state === "ask" ? "" : play}${
    shut ? againHtml(say("Answer again")) : ""
  }</p></form>`;
}

export function questionHtml(question, kept, state) {
  if (question.kind === "goal") {
    return `<section class="question" aria-label="${say("Task")}"><h3>${
      say("Make it happen")
    }</h3><div class="ask">${question.ask}</div>${hints(question.hints)}</section>`;
  }
  return `<section class="question" aria-label="${say("Question")}"><h3>${
    say("Predict")
  }</h3><div class="asked">${askedHtml(question, kept, state)}</div>
    <p class="after" role="status"></p>${hints(question.hints)}</section>`;
}

/** A number and its unit stay on one line. */
const tight = (text) => escaped(text).replace(/ (?=(%|(eV|nm|fs|s)\b))/g, "\u00a0");

/** Each condition of a goal with its value now; the words say what the marks show. */
export function goalHtml(conditions, reached, question, again) {
  const lines = conditions.map(({ what, now, wanted, met }) =>
    `<li class="${met ? "met" : "unmet"}"><span class="mark" aria-hidden="true">${
      met ? "✓" : "✗"
    }</span>
    <span>${escaped(what)}: <strong>${tight(now)}</strong> <span class="meta">${
      tight(
        met
          ? say("holds, wanted: {wanted}", { wanted })
          : say("not yet, wanted: {wanted}", { wanted }),
      )
    }</span></span></li>`
  );
  return `<ul class="conditions">${lines.join("")}</ul>${
    reached ? `<p>✓ ${question.right}</p>` : ""
  }
    ${
    again
      ? `<p class="acts"><button type="button" class="main" data-explain>${
        say("Read the explanation")
      }</button>${againHtml(say("Try again from the start"))}</p>`
      : ""
  }`;
}

/** The answer in the form, or undefined with a sentence about what is missing. */
export function readAnswer(form, question) {
  if (question.kind === "choice") {
    const chosen = form.querySelector("input:checked");
    return chosen
      ? { answer: Number(chosen.value) }
      : { problem: say("Choose one of the answers first.") };
  }
  const text = form.querySelector("input").value, answer = readNumber(text);
  if (!text.trim()) return { problem: say("Type a number first.") };
  return Number.isNaN(answer) ? { problem: noNumber(say("Your number")) } : { answer };
}

function isRight(question, answer) {
  if (question.kind === "choice") return question.choices[answer]?.right ?? false;
  return Math.abs(answer - question.answer) <= question.tolerance;
}

/** Prediction beside result. */
export function comparison(question, answer) {
  const right = isRight(question, answer), mark = right ? "right" : "wrong";
  if (question.kind === "choice") {
    const chosen = question.choices[answer], key = question.choices.find((choice) => choice.right);
    return `<div class="verdict ${mark}"><p><strong>${
      say("You predicted:")
    }</strong> ${chosen.text}</p>
      ${
      right ? "" : `<p><strong>${say("It turned out:")}</strong> ${key.text}</p>`
    }<p>${chosen.feedback}</p></div>`;
  }
  return `<div class="verdict ${mark}"><p><strong>${say("You predicted:")}</strong> ${
    told(answer)
  } ${question.unit}.
    <strong>${say("The solver finds:")}</strong> ${told(question.answer)} ${question.unit}.</p>
    <p>${right ? question.right : question.wrong}</p></div>`;
}

/** For the instructor, and for a printed page with answers. */
export function keyHtml(question) {
  if (question.kind === "choice") {
    return `<ul class="key">${
      question.choices.map((c) =>
        `<li>${c.right ? "✓" : "✗"} ${c.text} <em>${c.feedback}</em></li>`
      ).join("")
    }</ul>`;
  }
  if (question.kind === "number") {
    const { answer, tolerance, unit } = question;
    const key = say("✓ {answer} {unit} (within {tolerance}).", {
      answer: told(answer),
      unit,
      tolerance: told(tolerance),
    });
    return `<p class="key">${key} <em>${question.right}</em></p>`;
  }
  return `<p class="key">${
    say("✓ One way: {solution}.", { solution: question.solution })
  } <em>${question.right}</em></p>`;
}
