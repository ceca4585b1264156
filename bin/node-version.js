/**
 * Whether a Node.js version can run the plugin: `^22.22.2 || ^24.15.0 || >=26`, the engines of package.json. Written out
 * by hand and in old syntax, because it is asked before anything is installed, also by a Node.js that is too old.
 */
export function isSupported(version) {
  const [major, minor, patch] = version.split('.').map(Number);
  if (major >= 26) return true;
  if (major === 24) return minor >= 15;
  return major === 22 && (minor > 22 || (minor === 22 && patch >= 2));
}

/** What to tell somebody whose Node.js is too old. */
export function tooOld(version) {
  return (
    `Node.js ${version} cannot run this plugin. It needs 22.22.2 or a newer 22, 24.15 or a newer 24, or 26 and later.\n` +
    'Install one from https://nodejs.org, or run "npm start" in the project: it brings its own.'
  );
}
