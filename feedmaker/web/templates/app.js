"use strict";
{
  // A page that is not ready fetches itself, and puts in what is new where nobody is typing.
  const follow = () => {
    const main = document.querySelector("main[data-refresh]");
    if (main) setTimeout(load, Number(main.dataset.refresh) * 1000);
  };
  const load = async () => {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const [old, fresh] = [document, page].map((one) => one.querySelector("main"));
      if (answer.redirected || !fresh) return location.reload();
      if (old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
      if (!fresh.dataset.refresh) delete old.dataset.refresh;
      document.title = page.title;
      document.querySelector("h1").textContent = page.querySelector("h1").textContent;
      prepare();
    } catch { /* the server is away for a moment */ }
    follow();
  };

  const prepare = () => {
    for (const shown of document.querySelectorAll("code[data-slug]")) {
      const { base, ending, folder, slug } = shown.dataset;
      const fields = [folder, slug].map((id) => document.getElementById(id));
      const [first] = shown.textContent.slice(base.length).split("/");
      const show = () => { shown.textContent = `${base}${fields[0]?.value ?? first}/${fields[1].value}${ending}`; };
      for (const field of fields) field?.addEventListener("input", show);
    }
    for (const field of document.querySelectorAll("input[data-copy]")) {
      const button = field.nextElementSibling;
      button.hidden = false;
      button.addEventListener("click", async () => {
        field.select();
        try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
      });
    }
  };

  prepare();
  follow();
}
