/** What an org has for what a person should have; its picklists are restricted (platform-facts C3). */

/**
 * The value itself; else one of the same language in the same script (the bare language, then its main country, then the first);
 * else the fallback.
 */
export function fitToPicklist(wanted: string | undefined, allowed: readonly string[], fallback: string): string {
  if (wanted === undefined) return fallback;
  const exact = allowed.find((value) => value.toLowerCase() === wanted.toLowerCase());
  if (exact !== undefined) return exact;
  const language = languageOf(wanted);
  const same = allowed.filter((value) => language !== undefined && languageOf(value)?.name === language.name);
  return (
    same.find((value) => !value.includes('_')) ??
    same.find((value) => regionIn(value) === language?.home) ??
    same[0] ??
    fallback
  );
}

/**
 * The zone itself, also under another of its names; else one whose clocks show the same time all year (Prague has those of
 * Berlin), of the same part of the world if there is one; else the fallback.
 */
export function fitTimeZone(wanted: string | undefined, allowed: readonly string[], fallback: string): string {
  if (wanted === undefined) return fallback;
  if (allowed.includes(wanted)) return wanted;
  const clock = clockOf(wanted);
  if (clock === undefined) return fallback;
  const renamed = allowed.find((zone) => clockOf(zone)?.zone === clock.zone);
  const same = allowed.filter((zone) => clockOf(zone)?.offsets === clock.offsets);
  return renamed ?? same.find((zone) => partOf(zone) === partOf(wanted)) ?? same[0] ?? fallback;
}

/** Language with its script, so that Taiwan is not shown the characters of the mainland, and the country it is at home in. */
function languageOf(value: string): { name: string; home: string | undefined } | undefined {
  const [language, region] = value.split('_');
  try {
    const full = new Intl.Locale(region === undefined ? language! : `${language}-${region}`).maximize();
    // Intl knows the old codes iw and in; Norwegian without further word is Bokmål.
    const code = full.language === 'nb' ? 'no' : full.language;
    return { name: `${code}-${full.script}`, home: new Intl.Locale(code).maximize().region };
  } catch {
    return undefined;
  }
}

const regionIn = (value: string): string | undefined => value.split('_')[1];
const partOf = (zone: string): string | undefined => zone.split('/')[0];

type Clock = { zone: string; offsets: string };
const clocks = new Map<string, Clock | undefined>();

/** The present name of a zone, and its offsets in the middle of each month. */
function clockOf(zone: string): Clock | undefined {
  if (!clocks.has(zone)) clocks.set(zone, readClock(zone));
  return clocks.get(zone);
}

function readClock(timeZone: string): Clock | undefined {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
    const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 15)));
    const offsets = months.map((day) => format.formatToParts(day).find(({ type }) => type === 'timeZoneName')?.value);
    return { zone: format.resolvedOptions().timeZone, offsets: offsets.join() };
  } catch {
    return undefined;
  }
}
