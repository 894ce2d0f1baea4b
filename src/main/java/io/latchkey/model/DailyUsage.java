package io.latchkey.model;

import java.time.LocalDate;

/**
 * How often a key was used on one day.
 *
 * @param day in UTC
 * @param rejected for whatever reason
 */
public record DailyUsage(LocalDate day, long accepted, long rejected) {}
