package io.taskhub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests whose body two servers could delimit differently: one refusal, and what was hidden in them is not answered. */
@GatewayTest
class SmugglingTest {
    private static final Pattern STATUS = Pattern.compile("^HTTP/1.1 (\\d{3})", Pattern.MULTILINE);
    private static final String POST = "POST /api/login HTTP/1.1\nHost: taskhub\nContent-Type: application/json\n";
    private static final String HIDDEN = "GET /api/stats HTTP/1.1\nHost: taskhub\n\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 0\nContent-Length: 44\n\n",
                "Transfer-Encoding: xchunked\n\n0\n\n",
                "Transfer-Encoding: chunked, identity\n\n0\n\n",
                "Transfer-Encoding: chunked\nTransfer-Encoding: identity\n\n0\n\n",
                "Transfer-Encoding : chunked\n\n0\n\n",
                "Content-Length: +4\n\nabcd",
                "Content-Length: -1\n\n",
                "Content-Length: 4, 4\n\nabcd",
                "Transfer-Encoding: chunked\n\nZZ\n\n",
                "Host: elsewhere\nContent-Length: 0\n\n"
            })
    void are_refused_and_the_connection_ends(String framing) {
        String answer = Browser.raw(POST + framing + HIDDEN, 5);
        List<String> statuses = STATUS.matcher(answer)
                .results()
                .map((MatchResult m) -> m.group(1))
                .toList();
        assertThat(statuses).as(answer).hasSizeLessThanOrEqualTo(1).allMatch("400"::equals);
        assertThat(answer).doesNotContain("[still open]");
    }
}
