import { useId, useRef } from 'react';
import { AxisBottom } from '@visx/axis';
import { PatternLines } from '@visx/pattern';
import { scaleUtc } from '@visx/scale';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { ServiceTimeline } from '@day2ops/backstage-plugin-day2-common';
import { useText } from '../../hooks/useText';
import { healthPalette, tokens } from '../../theme/healthPalette';
import { laneHeights } from '../../theme/healthShapes';
import { TimeText, useTimeText } from '../../time/useTimeText';
import { DrawnSpan, placeSpans } from './laneModel';
import { useWidth } from './useWidth';

export const laneHeight = 30;
const top = 6;
const axisHeight = 22;
const tickWidth = 80;
/** Room that the word for the end of the axis takes. */
const nowWidth = 92;

const useStyles = makeStyles(theme => ({
  root: { minWidth: 0 },
  svg: { display: 'block', overflow: 'visible' },
  grid: { stroke: tokens(theme).line },
  base: { stroke: tokens(theme).line, strokeDasharray: '2 3' },
  deploy: { stroke: 'currentColor', strokeDasharray: '3 2', opacity: 0.75 },
  mark: { fill: 'currentColor' },
  now: { fill: 'currentColor', fontSize: 12, fontWeight: 600 },
}));

type Lane = ServiceTimeline['lanes'][number];

/** One row an area: spans whose height is severity, deploys as dashed lines, a real axis. */
export function Lanes(props: {
  lanes: readonly Lane[];
  deploys: ServiceTimeline['deploys'];
  from: number;
  to: number;
  unit: 'hour' | 'day';
  label: string;
}) {
  const { lanes, deploys, from, to, unit, label } = props;
  const classes = useStyles();
  const theme = useTheme();
  const time = useTimeText();
  const pattern = `day2-hatch-${useId().replace(/:/g, '')}`;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 600);
  const bottom = top + lanes.length * laneHeight;
  const scale = scaleUtc<number>({ domain: [from, to], range: [0, width] });
  const x = (at: number) => scale(at);
  const ticks = scale
    .ticks(Math.max(2, Math.floor(width / tickWidth)))
    .map(Number)
    .filter(at => x(at) > 16 && x(at) < width - nowWidth);
  const { hatch, hatchLine } = tokens(theme);
  return (
    <div ref={box} className={classes.root}>
      <svg
        className={classes.svg}
        width={width}
        height={bottom + axisHeight}
        role="img"
        aria-label={label}
      >
        <PatternLines
          id={pattern}
          width={6}
          height={6}
          orientation={['diagonal']}
          stroke={hatchLine}
          strokeWidth={2}
          background={hatch}
        />
        <TimeAxis scale={scale} ticks={ticks} top={bottom} unit={unit} />
        {lanes.map((lane, index) => (
          <g
            key={lane.area}
            transform={`translate(0, ${top + index * laneHeight})`}
          >
            <line
              className={classes.base}
              x1={0}
              x2={width}
              y1={laneHeight / 2}
              y2={laneHeight / 2}
            />
            {placeSpans({ spans: lane.spans, from, to, x }).map(drawn => (
              <LaneSpan
                key={drawn.span.from}
                drawn={drawn}
                pattern={pattern}
                time={time}
              />
            ))}
          </g>
        ))}
        <Deploys deploys={deploys} from={from} to={to} x={x} bottom={bottom} />
      </svg>
    </div>
  );
}

type TimeScale = ReturnType<typeof scaleUtc<number>>;

/** Ticks with their lines, and when the axis ends. */
function TimeAxis(props: {
  scale: TimeScale;
  ticks: number[];
  top: number;
  unit: 'hour' | 'day';
}) {
  const { scale, ticks, top: bottom, unit } = props;
  const classes = useStyles();
  const theme = useTheme();
  const t = useText();
  const time = useTimeText();
  const { line, muted } = tokens(theme);
  const [, end] = scale.domain();
  const [, width] = scale.range();
  return (
    <>
      {ticks.map(at => (
        <line
          key={at}
          className={classes.grid}
          x1={scale(at)}
          x2={scale(at)}
          y1={2}
          y2={bottom}
        />
      ))}
      <AxisBottom
        scale={scale}
        top={bottom}
        tickValues={ticks}
        hideTicks
        stroke={line}
        tickFormat={at => time.tick(Number(at), unit)}
        tickLabelProps={() => ({
          fill: muted,
          fontSize: 12,
          fontFamily: 'inherit',
          textAnchor: 'middle',
          dy: 4,
        })}
      />
      <text x={width} y={bottom + 18} textAnchor="end" className={classes.now}>
        {t('tab.now', { clock: time.clock(Number(end)) })}
      </text>
    </>
  );
}

function LaneSpan(props: {
  drawn: DrawnSpan;
  pattern: string;
  time: TimeText;
}) {
  const { drawn, pattern, time } = props;
  const { span, x, width } = drawn;
  const theme = useTheme();
  const t = useText();
  const { color, fill } = healthPalette(theme)[span.health];
  const unknown = span.health === 'unknown';
  const height = laneHeights[span.health];
  return (
    <rect
      x={x}
      y={(laneHeight - height) / 2}
      width={width}
      height={height}
      rx={span.health === 'healthy' ? 0 : 1.5}
      fill={unknown ? `url(#${pattern})` : fill}
      stroke={unknown ? color : undefined}
    >
      <title>
        {t('tab.spanTitle', {
          health: t(`health.name.${span.health}`),
          from: time.clock(Date.parse(span.from)),
          to: time.clock(Date.parse(span.to)),
          message: span.message.replace(/`/g, ''),
        })}
      </title>
    </rect>
  );
}

function Deploys(props: {
  deploys: ServiceTimeline['deploys'];
  from: number;
  to: number;
  x: (at: number) => number;
  bottom: number;
}) {
  const { deploys, from, to, x, bottom } = props;
  const classes = useStyles();
  const t = useText();
  const time = useTimeText();
  const shown = deploys.filter(({ at }) => {
    const moment = Date.parse(at);
    return moment >= from && moment <= to;
  });
  return (
    <>
      {shown.map(deploy => {
        const at = x(Date.parse(deploy.at));
        return (
          <g key={`${deploy.itemId} ${deploy.at}`}>
            <line
              className={classes.deploy}
              x1={at}
              x2={at}
              y1={0}
              y2={bottom}
            />
            <path className={classes.mark} d={`M${at - 4.5} -3h9l-4.5 6z`}>
              <title>
                {t('tab.deployTitle', {
                  name: deploy.name,
                  environment: deploy.environment,
                  change: deploy.to,
                  when: time.clock(Date.parse(deploy.at)),
                })}
              </title>
            </path>
          </g>
        );
      })}
    </>
  );
}
