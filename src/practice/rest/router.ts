import { notFound, type Call, type Reply } from '../http/call.js';
import { PlatformError } from '../errors.js';

/** Handles one method of a resource. Only streaming resources answer later; the others are called inside composites. */
export type Handler = (call: Call) => Reply | Promise<Reply>;

type Methods = Partial<Record<string, Handler>>;
type Route = { segments: string[]; methods: Methods; composable: boolean };

export type RouteOptions = {
  /** Whether composite requests may call it: it must answer at once. */
  composable?: boolean;
};

/** Finds the handler of a path. Literal segments win over `:name` ones by being registered first. */
export class Router {
  private readonly routes: Route[] = [];

  /** Registers a resource, such as `sobjects/:type/:id`. */
  public add(pattern: string, methods: Methods, { composable = true }: RouteOptions = {}): this {
    this.routes.push({ segments: pattern.split('/').filter(Boolean), methods, composable });
    return this;
  }

  /** Whether some resource has this path, whatever the method. */
  public knows(path: string): boolean {
    const parts = decodePath(path);
    return this.routes.some(({ segments }) => match(segments, parts) !== undefined);
  }

  /**
   * The handler for a call; puts the path's values into `call.params`.
   * @throws PlatformError NOT_FOUND (404) or METHOD_NOT_ALLOWED (405).
   */
  public handler(call: Call, composite = false): Handler {
    const parts = decodePath(call.path);
    for (const { segments, methods, composable } of this.routes) {
      const params = match(segments, parts);
      if (!params) continue;
      if (composite && !composable) {
        throw new PlatformError('INVALID_REQUEST', `${call.path} is not supported in a composite request`);
      }
      const handler = methods[call.method];
      if (!handler) {
        const allowed = Object.keys(methods).join(',');
        throw new PlatformError(
          'METHOD_NOT_ALLOWED',
          `HTTP Method '${call.method}' not allowed. Allowed are ${allowed}`,
          405
        );
      }
      call.params = params;
      return handler;
    }
    throw notFound();
  }
}

/** Segments of a path, decoded one by one, so that an encoded slash stays inside its segment. */
const decodePath = (path: string): string[] => {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    throw notFound();
  }
};

const match = (segments: string[], parts: string[]): Record<string, string> | undefined => {
  if (segments.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i]!;
    if (segment.startsWith(':')) params[segment.slice(1)] = parts[i]!;
    else if (segment !== parts[i]) return undefined;
  }
  return params;
};
