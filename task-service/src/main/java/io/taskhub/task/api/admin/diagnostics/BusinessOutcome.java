package io.taskhub.task.api.admin.diagnostics;

/** The contract's {@code business_outcome}. {@code code}: ok, partial, failed, disabled or unknown. */
public record BusinessOutcome(String code, String label, String message) {}
