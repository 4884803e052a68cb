import type { ArtifactLocation, Location, Result as SarifResult } from 'sarif';
import type { Report, Result } from '#src/contract/report.ts';

/** The trace that shows it, or the report; and the state of the protocol that it began in. */
export function locationOf(
  { protocol, side, trace, id }: Result,
  folder: string,
  state: string | undefined,
): Location {
  const where = [protocol, side, ...(state === undefined ? [] : [state])];
  return {
    physicalLocation: {
      artifactLocation: artifactLocation(`${folder}/${trace ?? 'report.json'}`),
      region: { startLine: 1 },
    },
    logicalLocations: [{ name: where.at(-1) ?? id, fullyQualifiedName: where.join('/') }],
  };
}

/** What says how the target is to be tested. */
export function profileLocation({ profile }: Report): Pick<SarifResult, 'relatedLocations'> {
  const artifact = profileArtifact(profile);
  if (artifact === null) return {};
  const physicalLocation = { artifactLocation: artifact };
  return {
    relatedLocations: [{ id: 1, message: { text: "the target's profile" }, physicalLocation }],
  };
}

/** The file that a profile was read from; `null` where it was none. */
export function profileArtifact({ file }: Report['profile']): ArtifactLocation | null {
  return typeof file === 'string' ? artifactLocation(file) : null;
}

/** A file of the repository, or of the machine where its path is absolute. */
function artifactLocation(path: string): ArtifactLocation {
  const plain = path.replaceAll('\\', '/').replace(/^\.\//, '');
  if (plain.startsWith('/')) return { uri: `file://${encoded(plain)}` };
  if (/^[a-z]:\//i.test(plain)) return { uri: `file:///${encoded(plain)}` };
  return { uri: encoded(plain), uriBaseId: '%SRCROOT%' };
}

function encoded(path: string): string {
  return encodeURI(path).replace(/[?#]/g, encodeURIComponent);
}
