package io.taskhub.worker.executor;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * TaskHub's Local tasks (decisions §3): {@code local} {handler, command, params} runs the built-in that {@code handler}
 * names; when there is none, {@code command} runs as a shell command.
 */
@Singleton
public final class LocalExecutor implements Executor {
    /** A built-in. The payload is the task's {@code exec_params}. */
    private interface Handler {
        Ended run(Execution run, Payload params) throws Exception;
    }

    private final Map<String, Handler> handlers = new HashMap<>();
    private final ShellExecutor shell;

    @Inject
    public LocalExecutor(ShellExecutor shell, NoopExecutor noop, SleepExecutor sleep) {
        this.shell = shell;
        handlers.put("noop", noop::execute);
        handlers.put("sleep", sleep::execute);
        handlers.put("echo", LocalExecutor::echo);
        handlers.put("fail", LocalExecutor::fail);
        handlers.put("math_add", math(BigDecimal::add));
        handlers.put("math_sub", math(BigDecimal::subtract));
        handlers.put("math_mul", math(BigDecimal::multiply));
        handlers.put("math_div", math(LocalExecutor::quotient));
    }

    @Override
    public Set<String> types() {
        return Set.of("local");
    }

    @Override
    public Ended execute(Execution run, Payload payload) throws Exception {
        String command = payload.text("command", "");
        String name = payload.text("handler", "").strip();
        Handler handler = handlers.get(name);
        if (handler != null) {
            return handler.run(run, payload.object("params"));
        }
        if (command.isBlank()) {
            throw new InvalidPayloadException(
                    name.isEmpty() ? "no handler and no command" : "unknown handler: " + name);
        }
        return shell.run(run, command);
    }

    private static Ended echo(Execution run, Payload params) {
        run.stdout().write(params.text("message", ""));
        return Ended.success();
    }

    private static Ended fail(Execution run, Payload params) {
        String message = params.text("message", "failed on request");
        run.stderr().write(message);
        return Ended.failed((int) params.integer("exit_code", 1), message);
    }

    private static Handler math(BinaryOperator<BigDecimal> operation) {
        return (run, params) -> {
            BigDecimal result = operation.apply(operand(params, "a"), operand(params, "b"));
            run.stdout()
                    .write(
                            result.signum() == 0
                                    ? "0"
                                    : result.stripTrailingZeros().toPlainString());
            return Ended.success();
        };
    }

    /** Bounded, so that neither 1e999999999 nor its digits cost anything. */
    private static BigDecimal operand(Payload params, String name) {
        BigDecimal number = params.number(name);
        if (number.precision() > 1_000 || Math.abs((long) number.scale()) > 1_000) {
            throw new InvalidPayloadException(name + " is out of range");
        }
        return number;
    }

    private static BigDecimal quotient(BigDecimal a, BigDecimal b) {
        if (b.signum() == 0) {
            throw new InvalidPayloadException("division by zero");
        }
        return a.divide(b, MathContext.DECIMAL64);
    }
}
