/** Something that a person can put right. Shown without a stack trace, with what to do about it. */
export class Problem extends Error {
  /**
   * @param {string} message what is missing or wrong
   * @param {string} [remedy] what to do about it
   */
  constructor(message, remedy) {
    super(message);
    this.name = 'Problem';
    this.remedy = remedy;
  }
}
