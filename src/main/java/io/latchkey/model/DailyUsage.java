package io.latchkey.model;

import java.time.LocalDate;

/**
 * Holds the usage of a key on one day.
 *
 * @param day in UTC
 * @param rejected for whatever reason
 */
public record DailyUsage(LocalDate day, long accepted, long rejected) {}
