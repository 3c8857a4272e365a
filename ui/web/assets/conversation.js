// The conversation: choosing a question, rating an answer, following the newest one.
const DRAFT = "policyqa-draft";
let isChosen = false;

element.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-action]");
  const card = button?.closest(".pq-card");
  switch (button?.dataset.action) {
    case "ask":
      isChosen = true;
      trigger("choose", { question: button.dataset.question });
      break;
    case "doubt": {
      const reasons = card.querySelector(".pq-doubt");
      reasons.hidden = !reasons.hidden;
      button.setAttribute("aria-expanded", String(!reasons.hidden));
      if (!reasons.hidden) reasons.querySelector("button").focus();
      break;
    }
    case "rate": {
      const { trace, verdict } = button.dataset;
      const text = verdict === "helpful" ? "" : card.querySelector(".pq-doubt input").value;
      const problem = await server.rate({ trace, verdict, text }).catch(() => window.policyqa.texts.failed);
      const done = card.querySelector(".pq-done");
      done.textContent = problem || done.dataset.thanks;
      card.querySelector(".pq-doubt").hidden = true;
      if (!problem) card.querySelectorAll("[data-action=rate], [data-action=doubt]").forEach((each) => (each.disabled = true));
    }
  }
});

watch("value", () => {
  const newest = [...element.querySelectorAll(".pq-turn")].at(-1);
  if (!newest) return;
  newest.scrollIntoView({ block: "start", behavior: "smooth" });
  const said = newest.querySelector("[data-said]");
  if (!said) return;
  window.policyqa?.announce(said.dataset.said);
  if (!said.matches(".pq-error")) sessionStorage.removeItem(DRAFT);
  // The button that was pressed is gone with the old picture; the keyboard goes on from the answer.
  if (isChosen) newest.focus({ preventScroll: true });
  isChosen = false;
});

// What is being written survives a reload, such as after a restart of the service.
document.addEventListener("input", (event) => {
  if (event.target.closest("#pq-question")) sessionStorage.setItem(DRAFT, event.target.value);
});
const restore = () => {
  const box = document.querySelector("#pq-question textarea");
  const draft = sessionStorage.getItem(DRAFT);
  if (!box) return requestAnimationFrame(restore);
  if (!draft || box.value) return;
  box.value = draft;
  box.dispatchEvent(new Event("input", { bubbles: true }));
};
restore();
