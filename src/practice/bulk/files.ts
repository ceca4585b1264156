import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  ftruncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** Where the files of a job are. */
export class JobFiles {
  public constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  public upload(id: string): string {
    return join(this.folder, `${id}.upload.csv`);
  }
  /** Upload that has not ended; a killed server leaves it behind and the next upload overwrites it. */
  public partial(id: string): string {
    return join(this.folder, `${id}.part`);
  }
  public success(id: string): string {
    return join(this.folder, `${id}.success.csv`);
  }
  public failed(id: string): string {
    return join(this.folder, `${id}.failed.csv`);
  }
  public results(id: string): string {
    return join(this.folder, `${id}.results.csv`);
  }

  /** Makes a complete upload the job's. On disk before its name changes. */
  public accept(id: string): void {
    const fd = openSync(this.partial(id), 'r+');
    fsyncSync(fd);
    closeSync(fd);
    renameSync(this.partial(id), this.upload(id));
  }

  public remove(id: string): void {
    for (const file of [this.upload(id), this.partial(id), this.success(id), this.failed(id), this.results(id)]) {
      rmSync(file, { force: true });
    }
  }
}

export const fileSize = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Appends to a file from a known length on; whatever a killed server wrote behind that is cut off. */
export class Appender {
  private readonly fd: number;

  public constructor(
    file: string,
    public bytes: number
  ) {
    this.fd = openSync(file, bytes === 0 ? 'w' : 'r+', 0o600);
    ftruncateSync(this.fd, bytes);
  }

  public write(text: string): void {
    if (text === '') return;
    const buffer = Buffer.from(text, 'utf8');
    for (let done = 0; done < buffer.length;) {
      done += writeSync(this.fd, buffer, done, buffer.length - done, this.bytes + done);
    }
    this.bytes += buffer.length;
  }

  public close(): void {
    closeSync(this.fd);
  }
}
