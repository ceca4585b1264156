/** What unit tests of components share; they import it as `page-test`. */

/** After everything that is promised already. */
export const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

/** The button with a label, of a component where it is named by `data-id`. */
export const button = (root, label, id) =>
  [...root.querySelectorAll('lightning-button')].find(
    (one) => one.label === label && (id === undefined || one.dataset.id === id)
  );

/** What the next toast of a component says. */
export const nextToast = (root) =>
  new Promise((done) => {
    root.host.addEventListener('lightning__showtoast', ({ detail }) => done(detail));
  });
