/** Logs in, then loads the shell: modules such as @salesforce/customPermission/… ask who is logged in as soon as they are loaded. */
import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import ToastContainer from 'lightning/toastContainer';
import { logIn } from 'workbench/client';

const page = document.getElementById('page');

const say = (text) => {
  const words = document.createElement('p');
  words.className = 'slds-p-around_large';
  words.setAttribute('role', 'alert');
  words.textContent = text;
  page.replaceChildren(words);
};

try {
  const session = await logIn();
  const { default: App } = await import('shell/app');
  const app = createElement('shell-app', { is: App });
  app.session = session;
  app.pages = JSON.parse(document.getElementById('pages').textContent);
  page.replaceChildren(app);
  ToastContainer.instance();
} catch (error) {
  say(error.message);
}
