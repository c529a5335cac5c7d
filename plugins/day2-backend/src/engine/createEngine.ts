import { Engine, EngineOptions } from './Engine';

/**
 * The engine of one replica, not started yet. It knows kinds, rules, history and the database only through what it is
 * given.
 */
export function createEngine(options: EngineOptions): Engine {
  return new Engine(options);
}
