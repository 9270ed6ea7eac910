import fc from 'fast-check';

// The same inputs every time, so that a red run is about the change at hand. `COMPOSURE_SEED=$RANDOM npm run test:unit` looks elsewhere.
fc.configureGlobal({ seed: Number(process.env.COMPOSURE_SEED ?? 20_261_123) });

export { fc };
