import type { Fields } from './fields';

const FACTORS: Readonly<Record<string, number>> = Object.freeze({
  '': 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
});

/** The plain number of a Kubernetes quantity: cores of `250m`, bytes of `64Mi`; 0 of what is none. */
export function quantity(text: unknown): number {
  if (typeof text === 'number') return text;
  if (typeof text !== 'string') return 0;
  const match = /^([0-9.]+)([A-Za-z]*)$/.exec(text);
  const factor = match && FACTORS[match[2]];
  return match && factor !== undefined && factor !== null
    ? Number(match[1]) * factor
    : 0;
}

/** Cores as the API server writes them: `250m`, `2`. */
export function cpuText(cores: number): string {
  const milli = Math.round(cores * 1000);
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

/** Bytes in the largest binary unit that keeps them whole: `512Mi`, `3Gi`. */
export function memoryText(bytes: number): string {
  const whole = Math.round(bytes);
  for (const unit of ['Ti', 'Gi', 'Mi', 'Ki']) {
    if (whole !== 0 && whole % FACTORS[unit] === 0) {
      return `${whole / FACTORS[unit]}${unit}`;
    }
  }
  return String(whole);
}

/** What a pod asks of a node: the sum of its containers and sidecars, or its greediest init container. */
export function podRequests(
  spec: Fields,
  field: 'requests' | 'limits' = 'requests',
): { cpu: number; memory: number } {
  const of = (container: Fields) => ({
    cpu: quantity(container.resources?.[field]?.cpu),
    memory: quantity(container.resources?.[field]?.memory),
  });
  const total = { cpu: 0, memory: 0 };
  const peak = { cpu: 0, memory: 0 };
  const add = (container: Fields) => {
    const { cpu, memory } = of(container);
    total.cpu += cpu;
    total.memory += memory;
  };
  for (const container of spec.initContainers ?? []) {
    if (container.restartPolicy === 'Always') {
      add(container);
      continue;
    }
    const { cpu, memory } = of(container);
    peak.cpu = Math.max(peak.cpu, total.cpu + cpu);
    peak.memory = Math.max(peak.memory, total.memory + memory);
  }
  for (const container of spec.containers ?? []) add(container);
  return {
    cpu: Math.max(total.cpu, peak.cpu),
    memory: Math.max(total.memory, peak.memory),
  };
}
