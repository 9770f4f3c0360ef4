package dev.steward.testkit.proof;

/** The style sheet of a page, and the patterns of its drawing. */
final class PageStyle {
    /** For light and for dark pages; the bars keep their colours, since their letters are always dark. */
    static final String SHEET = """
            :root { color-scheme: light dark; --page: #fff; --ink: #1c1c1e; --soft: #5f6368; --line: #d9dce1; --box:
              #f4f5f7; --bad: #b3001b; --badbox: #fdecee; --fault: #c2410c; --leader: #1d4ed8; --request: #6d28d9;
              --event: #0f766e; --call: #5f6368; }
            @media (prefers-color-scheme: dark) { :root { --page: #17181b; --ink: #e8e8ea; --soft: #a5a9b0; --line:
              #3a3d43; --box: #222428; --bad: #ff8a94; --badbox: #3a1b20; --fault: #ff9f5a; --leader: #8ab4ff;
              --request: #c4a5ff; --event: #5fd3c4; --call: #a5a9b0; } }
            body { background: var(--page); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; margin:
              1.5rem; }
            h1 { font-size: 1.4rem; margin: 0 0 .6rem; overflow-wrap: anywhere; }
            h2 { font-size: 1.05rem; margin: 1.6rem 0 .5rem; }
            .broken { background: var(--badbox); border-left: 5px solid var(--bad); margin: 0; padding: .6rem .9rem;
              overflow-wrap: anywhere; white-space: pre-wrap; max-width: 70rem; }
            .fine { color: var(--soft); }
            .note { color: var(--soft); font-size: .85rem; max-width: 70rem; }
            dl { display: grid; grid-template-columns: max-content minmax(0, 60rem); gap: .15rem 1rem; margin: .8rem
              0; }
            dt { color: var(--soft); }
            dd { margin: 0; overflow-wrap: anywhere; }
            ol { margin: 0; max-width: 70rem; }
            li { overflow-wrap: anywhere; }
            pre { background: var(--box); border: 1px solid var(--line); padding: .6rem .9rem; white-space:
              pre-wrap; overflow-wrap: anywhere; font-size: .85rem; }
            .legend { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; font-size: .8rem; margin: 0 0 .5rem;
              padding: 0; list-style: none; }
            .legend svg { vertical-align: -3px; margin-right: .35rem; }
            .drawing.end { direction: rtl; flex-direction: row-reverse; justify-content: flex-end; }
            .drawing svg { direction: ltr; }
            .end .plot { margin-right: auto; }
            .drawing { display: flex; overflow-x: auto; border: 1px solid var(--line); padding-bottom: 4px; }
            .drawing svg { flex: none; font: 11px system-ui, sans-serif; }
            .names { position: sticky; left: 0; background: var(--page); border-right: 1px solid var(--line);
              z-index: 1; }
            .plot { overflow: visible; margin: 0 12px 0 10px; }
            .name, .group, .label { fill: var(--ink); }
            .group { font-weight: bold; }
            .time, .gone, .trace, .count, .aside { fill: var(--soft); }
            .aside { font-size: 10px; paint-order: stroke; stroke: var(--page); stroke-width: 3; }
            .word { fill: #111; }
            .over { paint-order: stroke; stroke: #fff; stroke-opacity: .55; stroke-width: 2.5; }
            .count { font-size: 9px; text-anchor: middle; }
            .edge, .tick { stroke: var(--line); fill: none; }
            .cut { stroke: var(--page); stroke-width: 6; fill: none; }
            .label, .time, .gone { paint-order: stroke; stroke: var(--page); stroke-width: 3; }
            .outline { stroke: var(--soft); stroke-dasharray: 2 3; }
            .torn { stroke: var(--soft); stroke-width: 1; fill: none; }
            .failed { stroke: #d00020; stroke-width: 2.5; }
            .pole { fill: none; stroke-width: 1.2; stroke-dasharray: 3 3; opacity: .75; }
            .pole.violation { stroke-width: 2.5; stroke-dasharray: none; opacity: 1; }
            .pole.fault { stroke: var(--fault); }
            .pole.leader { stroke: var(--leader); }
            .pole.violation { stroke: var(--bad); }
            path.fault { fill: var(--fault); }
            path.leader { fill: var(--leader); }
            path.request { fill: var(--request); }
            path.event { fill: var(--event); }
            path.call { fill: var(--call); }
            path.violation { fill: var(--bad); }
            .drawing a path { stroke: var(--page); stroke-width: 1; paint-order: stroke; }
            path.pole { fill: none; }
            .label.violation { fill: var(--bad); font-weight: bold; }
            table { border-collapse: collapse; font-size: .82rem; font-variant-numeric: tabular-nums; }
            th { text-align: left; color: var(--soft); }
            th, td { padding: .1rem .9rem .1rem 0; vertical-align: top; overflow-wrap: anywhere; }
            th, td:first-child, td:nth-child(2) { white-space: nowrap; }
            tr:target { outline: 2px solid var(--leader); }
            tr.fault td { color: var(--fault); }
            tr.leader td { color: var(--leader); }
            tr.violation td, tr.failure td { color: var(--bad); font-weight: bold; }
            """;

    /** What {@link PageColours.Look#pattern} names. */
    static final String PATTERNS = """
            <svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>
            <pattern id="stripes" width="7" height="7"
              patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <path d="M1 0V7" stroke="#000" stroke-opacity=".3" stroke-width="2"/></pattern>
            <pattern id="dots" width="7" height="7"
              patternUnits="userSpaceOnUse">
              <circle cx="2" cy="2" r="1.3" fill="#000" fill-opacity=".4"/></pattern>
            <pattern id="cross" width="7" height="7"
              patternUnits="userSpaceOnUse">
              <path d="M0 3.5H7M3.5 0V7" stroke="#000" stroke-opacity=".3"/></pattern>
            </defs></svg>
            """;

    private PageStyle() {}
}
