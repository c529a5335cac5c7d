import { Problem } from './Problem.mjs';

const useColour = process.stderr.isTTY && !process.env.NO_COLOR;
const paint = code => text =>
  useColour ? `\u001b[${code}m${text}\u001b[0m` : text;

export const bold = paint(1);
export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);

/** Tells a person what happens. On stderr: stdout belongs to the program that is run. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Seconds since `start` (of `performance.now()`), for people: `0.3 s`, `12 s`, `2 min 5 s`. */
export function since(start) {
  const seconds = (performance.now() - start) / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  return whole < 60
    ? `${whole} s`
    : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Runs the main function of a program; a `Problem` ends it with its remedy and exit code 1. */
export async function runMain(main) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof Problem)) {
      throw error;
    }
    say(red(error.message));
    if (error.remedy) {
      say(error.remedy);
    }
    process.exitCode = 1;
  }
}
