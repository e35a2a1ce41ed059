// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import "../../src/types/BookTypes.sol";
import {IHiddenBook} from "../../src/interfaces/IHiddenBook.sol";
import {IDemoToken} from "../support/Demo.sol";
import {Assertions} from "../support/Assertions.sol";
import {BookHandler} from "./BookHandler.sol";

/// @notice A market walked by hostile operators, signers, traders and time: docs/market-states.md.
contract HiddenBookInvariantTest is Assertions {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    address internal constant CREATOR = address(0xC4EA7E);
    BookHandler internal handler;
    IHiddenBook internal book;
    IDemoToken internal token;
    IDemoToken internal quote;
    MarketId internal market;

    function setUp() public {
        handler = new BookHandler();
        (book, token, quote, market) = handler.deployed();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        bytes4[20] memory actions = [
            BookHandler.order.selector,
            BookHandler.order.selector,
            BookHandler.order.selector,
            handler.settle.selector,
            handler.settle.selector,
            handler.settle.selector,
            handler.settleWrongly.selector,
            handler.settleWrongly.selector,
            handler.finalizeWrongly.selector,
            BookHandler.wait.selector,
            BookHandler.wait.selector,
            BookHandler.waitLong.selector,
            BookHandler.request.selector,
            handler.strike.selector,
            BookHandler.cancel.selector,
            BookHandler.cancelEverything.selector,
            BookHandler.orderToAnotherKey.selector,
            BookHandler.flood.selector,
            BookHandler.operate.selector,
            BookHandler.neglect.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), new bytes4[](actions.length));
        for (uint256 i; i < actions.length; ++i) {
            targets[0].selectors[i] = actions[i];
        }
    }

    /// forge-config: default.invariant.runs = 16
    /// forge-config: default.invariant.depth = 100
    /// forge-config: default.invariant.fail-on-revert = true
    /// forge-config: long.invariant.runs = 500
    /// forge-config: long.invariant.depth = 1000
    /// forge-config: long.invariant.fail-on-revert = true
    function invariant_the_contract_holds_what_it_owes_and_is_what_the_text_says() public view {
        assertEq(token.balanceOf(address(book)), owed(address(token), true), "base");
        assertEq(quote.balanceOf(address(book)), owed(address(quote), false), "quote");
        handler.check();
    }

    function afterInvariant() public {
        handler.everyoneLeaves();
        assertEq(token.balanceOf(address(book)), 0, "base left behind");
        assertEq(quote.balanceOf(address(book)), 0, "quote left behind");
        uint256 base = token.balanceOf(CREATOR);
        uint256 inQuote = quote.balanceOf(CREATOR);
        for (uint256 i; i < 4; ++i) {
            base += token.balanceOf(handler.people(i));
            inQuote += quote.balanceOf(handler.people(i));
        }
        assertEq(base, handler.minted(address(token)), "base is conserved");
        assertEq(inQuote, handler.minted(address(quote)), "quote is conserved");
    }

    function owed(address token_, bool isBase) private view returns (uint256 sum) {
        sum = book.balanceOf(token_, CREATOR);
        for (uint256 i; i < 4; ++i) {
            Margin memory margin = book.marginOf(market, handler.people(i));
            sum += book.balanceOf(token_, handler.people(i)) + (isBase ? margin.base : margin.quote);
        }
    }
}
