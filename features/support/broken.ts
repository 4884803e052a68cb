/** The target did not do what a scenario, or the model, says. Its message is for the report. */
export class Broken extends Error {
  override readonly name = 'Broken';

  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}
