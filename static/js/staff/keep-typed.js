// What is typed stays on this device until it is saved, also when the laptop is closed or the browser ends.
// Kept by form and account: only what was changed, never passwords, files or hidden fields, and no ticks in lists
// of dates or rows: such a list may be another one when the form is opened again.
const OFFER = document.getElementById("kept-offer");
const ACCOUNT = OFFER?.dataset.account;
const PREFIX = "khcal:typed:";
const SENT = `${PREFIX}sent`;
const KEPT_DAYS = 14;
const WAIT_MS = 300;
const TICKS = ["checkbox", "radio"];
const NOT_TYPED = ["hidden", "file", "submit", "button", "image", "reset", "fieldset", "output"];

const IN_LISTS = /^(tillfalle|med|ta|g\d+-days)$/u;

// A field may be called "action", so the form is not asked for it as a property.
const addressOf = (form) => new URL(form.getAttribute("action") ?? "", window.location.href);
// The same form for another week, or for another file, is another form.
const keyOf = (form) => `${PREFIX}${ACCOUNT}:${addressOf(form).pathname}${addressOf(form).search}${form.dataset.keptFor ?? ""}`;
// A form that goes on from another one is saved along with what was typed there.
const keysOf = (form) => [keyOf(form), ...(form.dataset.typedAt ? [`${PREFIX}${ACCOUNT}:${form.dataset.typedAt}`] : [])];
const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// A browser may forbid all of it; then the page alone holds what is typed.
function tryTo(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

const read = (key) => tryTo(() => JSON.parse(localStorage.getItem(key)));
const forget = (key) => tryTo(() => localStorage.removeItem(key));
const write = (key, values) => tryTo(() => localStorage.setItem(key, JSON.stringify({ at: Date.now(), values })));
const ofAccount = () => tryTo(() => Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${ACCOUNT}:`))) ?? [];

// Dates to tick follow from what is typed.
function isTyped(field) {
  const isHidden = NOT_TYPED.includes(field.type) || IN_LISTS.test(field.name);
  return field.name && !isHidden && !field.closest("#date-preview, .house-hits");
}

function isKept(form) {
  const isPrivate = form.querySelector("[type=password]");
  return form.getAttribute("method") === "post" && !isPrivate && [...form.elements].some((field) => isTyped(field) && !TICKS.includes(field.type));
}

// The values by name: of ticks those that are chosen.
function valuesOf(form) {
  const values = {};
  for (const field of [...form.elements].filter(isTyped)) {
    const value = TICKS.includes(field.type) && !field.checked ? [] : [field.value];
    values[field.name] = [...(values[field.name] ?? []), ...value];
  }
  return values;
}

function put(form, values) {
  const changed = [...form.elements].filter((field) => isTyped(field) && field.name in values);
  for (const field of changed) {
    if (TICKS.includes(field.type)) {
      field.checked = values[field.name].includes(field.value);
    } else {
      [field.value] = values[field.name];
    }
    field.closest("details")?.setAttribute("open", "");
  }
  for (const kind of ["input", "change"]) {
    changed.forEach((field) => field.dispatchEvent(new Event(kind, { bubbles: true })));
  }
  changed[0]?.focus();
}

function makeOffer(at, use, drop) {
  const box = OFFER.content.firstElementChild.cloneNode(true);
  const when = new Date(at).toLocaleString("sv-SE", { dateStyle: "long", timeStyle: "short" });
  box.querySelector("[data-when]").textContent = when.replace(":", ".");
  for (const [mark, act] of [["[data-use]", use], ["[data-drop]", drop]]) {
    box.querySelector(mark).addEventListener("click", () => {
      box.remove();
      act();
    });
  }
  return box;
}

// A page that answers what was sent with faults, two texts or a question is not the end of it.
const isRefused = () => document.querySelector(".error-summary, .staff-conflict, .staff-look-first") !== null;

function follow(form) {
  const key = keyOf(form);
  const shown = valuesOf(form);
  const before = read(key)?.values ?? {};
  // What was sent and came back is in the form; what was left behind waits to be asked for.
  const isBack = isRefused();
  const back = isBack ? Object.keys(before) : [];
  let waits = !isBack && Object.keys(before).some((name) => !isSame(before[name], shown[name])) ? before : {};
  let timer = null;

  function save() {
    clearTimeout(timer);
    timer = null;
    const now = valuesOf(form);
    const names = Object.keys(now).filter((name) => back.includes(name) || !isSame(now[name], shown[name]));
    const values = { ...waits, ...Object.fromEntries(names.map((name) => [name, now[name]])) };
    if (Object.keys(values).length) {
      write(key, values);
    } else {
      forget(key);
    }
  }

  function saveSoon() {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT_MS);
  }

  if (Object.keys(waits).length) {
    const use = () => {
      const values = waits;
      waits = {};
      put(form, values);
    };
    const drop = () => {
      waits = {};
      save();
      document.getElementById("innehall").focus();
    };
    form.before(makeOffer(read(key).at, use, drop));
  }
  form.addEventListener("input", saveSoon);
  form.addEventListener("change", saveSoon);
  window.addEventListener("pagehide", () => timer && save());
  return [form, save];
}

// Saved is what was sent and then told of; only then it is forgotten here.
function forgetWhatWasSaved() {
  const sent = tryTo(() => JSON.parse(sessionStorage.getItem(SENT)));
  if (sent && !isRefused() && document.querySelector(".staff-done")) {
    sent.forEach(forget);
    sessionStorage.removeItem(SENT);
  }
}

function forgetWhatIsOld() {
  const limit = Date.now() - KEPT_DAYS * 86_400_000;
  ofAccount().filter((key) => !(read(key)?.at > limit)).forEach(forget);
}

if (OFFER) {
  forgetWhatWasSaved();
  forgetWhatIsOld();
  const followed = new Map([...document.forms].filter(isKept).map(follow));
  document.addEventListener("submit", ({ target }) => {
    followed.get(target)?.();
    const isOurs = followed.has(target) || target.dataset.typedAt;
    tryTo(() => (isOurs ? sessionStorage.setItem(SENT, JSON.stringify(keysOf(target))) : sessionStorage.removeItem(SENT)));
    if (addressOf(target).pathname.includes("/logga-ut")) {
      ofAccount().forEach(forget);
    }
  });
}
