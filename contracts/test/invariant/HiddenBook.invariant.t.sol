// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import "../../src/types/BookTypes.sol";
import {IHiddenBook} from "../../src/interfaces/IHiddenBook.sol";
import {IDemoToken} from "../support/Demo.sol";
import {Assertions} from "../support/Assertions.sol";
import {BookHandler} from "./BookHandler.sol";

/// @notice No value is made or lost, and everyone gets out of every state, also without an enclave.
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
        targets = new FuzzSelector[](1);
        bytes4[] memory actions = new bytes4[](16);
        (actions[0], actions[1], actions[2]) =
            (BookHandler.order.selector, BookHandler.order.selector, BookHandler.order.selector);
        (actions[3], actions[4], actions[5]) =
            (BookHandler.settleNext.selector, BookHandler.settleNext.selector, BookHandler.settleNext.selector);
        (actions[6], actions[7]) = (BookHandler.finalize.selector, BookHandler.finalize.selector);
        (actions[8], actions[9]) = (BookHandler.warp.selector, BookHandler.warp.selector);
        actions[10] = BookHandler.warpFar.selector;
        actions[11] = BookHandler.request.selector;
        actions[12] = BookHandler.execute.selector;
        actions[13] = BookHandler.strike.selector;
        actions[14] = BookHandler.cancel.selector;
        actions[15] = BookHandler.leave.selector;
        targets[0] = FuzzSelector(address(handler), actions);
    }

    function invariant_the_contract_holds_exactly_what_it_owes() public view {
        assertEq(token.balanceOf(address(book)), owed(address(token), true), "base");
        assertEq(quote.balanceOf(address(book)), owed(address(quote), false), "quote");
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
