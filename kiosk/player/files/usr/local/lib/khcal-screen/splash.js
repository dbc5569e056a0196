/* Goes to the wall, whose address stands behind this page's own `#`, as soon as its server answers. */

const address = location.hash.slice(1);
const AGAIN = 3000;
const TOO_LONG = 8000;
const LATE = 15;
// Should asking be forbidden one day while going there is not.
const ANYWAY = 60;
let asked = 0;

async function go() {
  asked += 1;
  const answers = await fetch(address, {
    mode: "no-cors",
    cache: "no-store",
    signal: AbortSignal.timeout(TOO_LONG),
  }).then(
    () => true,
    () => false,
  );
  if (answers || asked >= ANYWAY) return location.replace(address);
  document.getElementById("late").hidden = asked < LATE;
  setTimeout(go, AGAIN);
}

document.getElementById("host").textContent = new URL(address).host;
go();
