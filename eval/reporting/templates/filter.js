// The page is whole without this: it narrows the list of failures down, and opens all of them at once.
const form = document.querySelector(".filter");
const cases = [...document.querySelectorAll(".failures > details")];
const narrow = () => {
  const text = form.elements.text.value.trim().toLowerCase();
  const wrong = form.elements.wrong.value;
  for (const each of cases) {
    const fits = !wrong || each.dataset.wrong.split(" ").includes(wrong);
    each.hidden = !fits || !each.textContent.toLowerCase().includes(text);
  }
  form.querySelector("output").textContent = `${cases.filter((each) => !each.hidden).length} / ${cases.length} 题`;
};
form.addEventListener("input", narrow);
form.addEventListener("submit", (event) => event.preventDefault());
form.querySelector("button").addEventListener("click", () => cases.forEach((each) => (each.open = true)));
form.hidden = false;
narrow();
