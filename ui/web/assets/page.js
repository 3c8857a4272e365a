// What every page of the site does in the browser: colours, side panel, copying, printing, saying that it is offline.
(() => {
  const texts = { ...document.currentScript.dataset };
  // Gradio names the browser's language there, which need not be the page's.
  const speak = () => document.documentElement.lang === texts.lang || (document.documentElement.lang = texts.lang);
  new MutationObserver(speak).observe(document.documentElement, { attributeFilter: ["lang"] });
  speak();
  const BEAT_MS = 5000;
  const BEAT_DOWN_MS = 2000;

  // Light and dark: the person's choice, else the system's.
  const isDark = () => document.documentElement.classList.contains("pq-dark");
  const paint = (dark) => {
    document.documentElement.classList.toggle("pq-dark", dark);
    document.body.classList.toggle("dark", dark);
  };
  const system = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => paint((localStorage.getItem("policyqa-theme") ?? (system.matches ? "dark" : "light")) === "dark");
  system.addEventListener("change", follow);
  follow();

  // One line for screen readers.
  const live = Object.assign(document.createElement("p"), { className: "pq-hidden" });
  live.setAttribute("role", "status");
  document.body.append(live);
  const announce = (text) => (live.textContent = text);

  // The side panel: the <main> of another page of the site, at the words that the link names.
  const panel = document.createElement("dialog");
  panel.className = "pq-panel";
  panel.innerHTML = '<form method="dialog"><button class="pq-plain"></button></form><div></div>';
  panel.addEventListener("click", (event) => event.target === panel && panel.close());
  document.body.append(panel);
  const openPanel = async (address) => {
    const response = await fetch(address);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const main = page.querySelector("main");
    main.id = "pq-panel-main";
    panel.querySelector("div").replaceChildren(main);
    panel.querySelector("button").textContent = `✕ ${texts.close}`;
    panel.setAttribute("aria-label", page.title);
    panel.showModal();
    main.querySelector("#quote")?.scrollIntoView({ block: "center" });
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without https the clipboard is closed; an old way is left.
      const area = Object.assign(document.createElement("textarea"), { value: text });
      (document.querySelector("dialog[open]") ?? document.body).append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    announce(texts.copied);
  };

  window.policyqa = { announce, copy, texts };

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-panel]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      // In a drawing, the property href is not a text.
      const address = link.getAttribute("href");
      openPanel(address).catch(() => location.assign(address));
      return;
    }
    const button = event.target.closest("button[data-action]");
    const card = button?.closest(".pq-card");
    switch (button?.dataset.action) {
      case "theme":
        localStorage.setItem("policyqa-theme", isDark() ? "light" : "dark");
        follow();
        break;
      case "copy":
        await copy(button.dataset.text);
        card?.querySelector(".pq-done")?.replaceChildren(texts.copied);
        break;
      case "print":
        (card.closest(".pq-turn") ?? card).classList.add("pq-printed");
        window.print();
    }
  });
  addEventListener("afterprint", () => {
    document.querySelectorAll(".pq-printed").forEach((each) => each.classList.remove("pq-printed"));
  });

  // Offline: a heartbeat; the bar goes away by itself.
  const bar = Object.assign(document.createElement("p"), { className: "pq-offline", hidden: true });
  bar.setAttribute("role", "alert");
  document.body.append(bar);
  const beat = async () => {
    const alive = await fetch("/healthz", { cache: "no-store" }).then((response) => response.ok, () => false);
    bar.hidden = alive;
    bar.textContent = alive ? "" : texts.offline;
    setTimeout(beat, alive ? BEAT_MS : BEAT_DOWN_MS);
  };
  addEventListener("offline", () => {
    bar.hidden = false;
    bar.textContent = texts.offline;
  });
  setTimeout(beat, BEAT_DOWN_MS);
})();
