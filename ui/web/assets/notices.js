// The form of a notice that was uploaded: what the operator changed in it, as the API wants it.
(() => {
  const names = (text) => text.split(/[、,,;;\n]/).map((name) => name.trim()).filter(Boolean);
  const read = (input) => {
    const { element, field } = input.dataset;
    if (field === "absent") return true;
    if (field === "year") return Number(input.value);
    return element === "notice" || field === "title" ? input.value.trim() : names(input.value);
  };
  const isChanged = (input) =>
    input.type === "checkbox" ? input.checked : input.value.trim() !== input.defaultValue.trim();

  window.policyqaForm = () => {
    const form = document.getElementById("pq-understood");
    const corrections = { notice: {}, sources: {} };
    for (const input of form.querySelectorAll("[data-element]")) {
      if (!isChanged(input)) continue;
      const { element, field } = input.dataset;
      const fields = element === "notice" ? corrections.notice : (corrections.sources[element] ??= {});
      fields[field] = read(input);
    }
    const accept = [...form.querySelectorAll("[data-accept]:checked")].map((box) => box.dataset.accept);
    return JSON.stringify({ id: form.querySelector("[data-id]").value.trim(), corrections, accept });
  };
})();
