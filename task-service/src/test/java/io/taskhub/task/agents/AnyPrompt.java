package io.taskhub.task.agents;

import java.util.List;
import java.util.Random;

/** Prompts that nobody would think of: pieces of real ones, in any order, with any character between them. */
final class AnyPrompt {
    private static final List<String> PIECES = List.of(
            "open ",
            "go to ",
            "click ",
            "click the ",
            "type ",
            "fill in ",
            "select ",
            "choose ",
            "scroll ",
            "scroll to the bottom",
            "wait ",
            "wait for ",
            "search ",
            "search for ",
            "press enter",
            "and ",
            "then ",
            ", ",
            ". ",
            "\n",
            "; ",
            " into ",
            " in the ",
            " from ",
            " with ",
            "打开",
            "点击",
            "输入",
            "选择",
            "搜索",
            "滚动",
            "等待",
            "回车",
            "在",
            "中",
            "到",
            "然后",
            "，",
            "。",
            "并",
            "搜索框",
            "按钮",
            "第二个链接",
            "https://example.com",
            "http://127.0.0.1:8080/a?b=[c]&d=%zz",
            "example.org/x",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "wikipedia",
            "百度",
            "google",
            "#login",
            ".btn",
            "[name=q]",
            "\"",
            "“",
            "”",
            "'",
            "「x」",
            "cats",
            "admin",
            "3 seconds",
            "3秒",
            "500 pixels",
            "button",
            "link",
            "first ",
            "last ",
            "99th ",
            "第99个",
            "第一个",
            "username",
            "密码",
            "99999999999999999999");
    private static final int LONGEST = 60;
    private static final int CODE_POINTS = 0x20000;

    private AnyPrompt() {}

    static String of(Random random) {
        StringBuilder prompt = new StringBuilder();
        int parts = 1 + random.nextInt(LONGEST);
        for (int i = 0; i < parts; i++) {
            if (random.nextInt(5) == 0) {
                prompt.appendCodePoint(random.nextInt(CODE_POINTS));
            } else {
                prompt.append(PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return prompt.toString().isBlank() ? "x" : prompt.toString();
    }
}
