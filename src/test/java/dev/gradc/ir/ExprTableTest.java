package dev.gradc.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExprTableTest {

    @Test
    void remembersWhatAMapByIdentityRemembers() {
        List<Expr> expressions = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            expressions.add(Constant.of(i + 0.123));
        }
        Collections.shuffle(expressions, new Random(1));
        ExprTable<Integer> table = new ExprTable<>();
        Map<Expr, Integer> map = new IdentityHashMap<>();
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            Expr key = expressions.get(random.nextInt(expressions.size()));
            Integer value = random.nextInt(4) == 0 ? null : Integer.valueOf(i);
            assertEquals(map.put(key, value), table.put(key, value));
        }
        expressions.forEach(key -> assertEquals(map.get(key), table.get(key)));
    }

    @Test
    void whatWasNeverPutIsNotThere() {
        ExprTable<Integer> table = new ExprTable<>();
        List<Expr> neighbours = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            neighbours.add(Constant.of(i + 0.456));
        }
        table.put(neighbours.get(20), 1);
        neighbours.forEach(key -> {
            if (key != neighbours.get(20)) {
                assertNull(table.get(key));
            }
        });
    }

    @Test
    void aWalkListsEachOfManyOnce() {
        List<Expr> expressions = new ArrayList<>();
        Expr sum = Constant.of(0.789);
        for (int i = 0; i < 3_000; i++) {
            sum = Call.of(Operator.ADD, sum, Constant.of(i + 0.789));
            expressions.add(sum);
        }
        Collections.shuffle(expressions, new Random(3));
        List<Expr> order = Walk.postOrder(expressions);
        assertEquals(6_000, order.size());
        assertEquals(6_000, order.stream().distinct().count());
    }
}
