import type { MultiStageOutput } from '@oclif/multi-stage-output';

/** Stages of a command that writes, in order. */
export const STAGES = ['Read', 'Plan', 'Write', 'Verify'] as const;
export type Stage = (typeof STAGES)[number];

type Data = { rows: string };

/**
 * Progress of a command on the terminal. Says nothing under --json, and where SF_CHANNEL_PROGRESS is `off`. The drawing library is loaded when the first stage
 * begins, so that other commands do not pay for it.
 */
export class Stages {
  private output?: MultiStageOutput<Data>;
  private starting?: Promise<void>;

  public constructor(
    private readonly title: string,
    private readonly stages: readonly Stage[],
    private readonly jsonEnabled: boolean
  ) {}

  public async start(stage: Stage): Promise<void> {
    if (this.jsonEnabled || process.env.SF_CHANNEL_PROGRESS === 'off') return;
    this.starting ??= this.create();
    await this.starting;
    this.output?.goto(stage);
  }

  /** Shows numbers below the stages; calls before `start` are ignored. */
  public update(rows: string): void {
    this.output?.updateData({ rows });
  }

  public stop(failed = false): void {
    this.output?.stop(failed ? 'failed' : 'completed');
    this.output = undefined;
    this.starting = undefined;
  }

  private async create(): Promise<void> {
    const { MultiStageOutput: Output } = await import('@oclif/multi-stage-output');
    this.output = new Output<Data>({
      title: this.title,
      stages: this.stages,
      jsonEnabled: this.jsonEnabled,
      data: { rows: 'none yet' },
      postStagesBlock: [{ label: 'Progress', type: 'dynamic-key-value', get: (data) => data?.rows }],
    });
  }
}
