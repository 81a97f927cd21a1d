package fortnight.pipelines;

import java.util.Optional;
import org.joda.time.Duration;

/**
 * What the flags say about streams.
 *
 * @param outOfOrderness how far the watermark stays behind the newest event time of a partition
 * @param allowedLateness how long after the watermark what comes still corrects results
 * @param earlyEvery how often open windows have speculative rows; empty: never
 * @param idleAfter a partition without records for so long holds the others back no more
 * @param maxFutureSkew what is dated further ahead of the clock is rejected
 */
record StreamFlags(
    Duration outOfOrderness,
    Duration allowedLateness,
    Optional<Duration> earlyEvery,
    Duration idleAfter,
    Duration maxFutureSkew) {}
