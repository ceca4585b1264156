/** One error of a record that could not be saved, as every API family reports it. */
export type SaveError = {
  /** Salesforce status code, such as `REQUIRED_FIELD_MISSING`. */
  statusCode: string;
  message: string;
  fields: string[];
};

/** An error that is about no field. */
export const fault = (statusCode: string, message: string): SaveError => ({ statusCode, message, fields: [] });

/**
 * A whole request that the platform refuses: bad SOQL, unknown object, no permission.
 * The HTTP layer turns it into the error shape of the API family that was called.
 */
export class PlatformError extends Error {
  public constructor(
    /** Salesforce error code, such as `INVALID_TYPE`. */
    public readonly errorCode: string,
    message: string,
    /** HTTP status that REST answers with. */
    public readonly status = 400,
    public readonly fields: string[] = []
  ) {
    super(message);
    this.name = 'PlatformError';
  }
}
