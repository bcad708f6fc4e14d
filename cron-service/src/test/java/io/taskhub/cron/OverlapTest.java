package io.taskhub.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OverlapTest {

    /** Waiting fires by age: q in the queue, n new. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALLOW           | true  | nn    | 1:START 2:START",
                "ALLOW           | true  | qn    | 1:START 2:START",
                "SKIP            | false | n     | 1:START",
                "SKIP            | false | nn    | 1:START 2:SKIP",
                "SKIP            | true  | n     | 1:SKIP",
                "SKIP            | true  | qn    | 1:QUEUE 2:SKIP",
                "QUEUE           | false | nn    | 1:START 2:QUEUE",
                "QUEUE           | true  | nn    | 1:QUEUE 2:QUEUE",
                "QUEUE           | false | qqn   | 1:START 2:QUEUE 3:QUEUE",
                "QUEUE           | true  | qqnn  | 1:QUEUE 2:QUEUE 3:SKIP 4:SKIP",
                "CANCEL_PREVIOUS | false | nnn   | 1:SKIP 2:SKIP 3:START",
                "CANCEL_PREVIOUS | true  | n     | 1:LATER",
                "CANCEL_PREVIOUS | false | qn    | 2:START 1:QUEUE",
                "CANCEL_PREVIOUS | false | qq    | 1:START 2:QUEUE"
            })
    void who_may_start_is_the_policy_s_word(OverlapPolicy policy, boolean busy, String waiting, String turns) {
        List<Overlap.Waiting> fires = new ArrayList<>();
        for (int i = 0; i < waiting.length(); i++) {
            fires.add(new Overlap.Waiting(i + 1, waiting.charAt(i) == 'q'));
        }
        assertThat(Overlap.decide(policy, busy, fires, 2).stream()
                        .map(verdict -> verdict.fire() + ":" + verdict.turn())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(turns);
    }
}
